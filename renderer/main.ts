import '@fontsource-variable/noto-sans-sc';
import './styles/tokens.css';
import './styles/base.css';
import './styles/access.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { clientKey, connect } from './api/connect.ts';
import { shutOutWhileWiped } from './composables/useWipe.ts';
import { i18n } from './i18n/index.ts';

shutOutWhileWiped();
createApp(App).provide(clientKey, connect()).use(createPinia()).use(i18n).mount('#app');

// Defines the elements, in the browser.
import 'admittance/widgets';
